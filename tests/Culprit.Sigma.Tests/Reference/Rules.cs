using System.Text;

namespace Culprit.Sigma.Tests.Reference;

/// <summary>Loads rules from text.</summary>
public static class Rules
{
    public static SigmaRuleSet Load(string yaml, SigmaLoadOptions? options = null) =>
        SigmaRuleSet.Load([Source(yaml)], options);

    /// <summary>A rule whose document is a detection alone, in YAML; fails where it is refused.</summary>
    public static SigmaRule Detection(string detection, SigmaLoadOptions? options = null)
    {
        SigmaRuleSet loaded = Load(WithDetection(detection), options);
        Assert.True(loaded.Rules.Length == 1, string.Join('\n', loaded.Diagnostics));
        return loaded.Rules[0];
    }

    /// <summary>The text of a rule with this detection, given without indentation.</summary>
    public static string WithDetection(string detection) =>
        "title: Test\nlogsource:\n  category: test\ndetection:\n  " + detection.ReplaceLineEndings("\n").TrimEnd().Replace("\n", "\n  ") + "\n";

    public static SigmaSource Source(string yaml, string path = "test.yml") => new(path, Encoding.UTF8.GetBytes(yaml));

    /// <summary>Whether the rule's detection holds for an event with these fields, log source aside.</summary>
    public static bool Matches(SigmaRule rule, params (string Name, string? Value)[] fields) =>
        ReferenceEvaluator.Holds(rule.Detection, ReferenceEvent.Of(fields), binding: null);
}
