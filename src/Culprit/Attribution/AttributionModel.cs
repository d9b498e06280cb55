using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Culprit.Attribution;

/// <summary>How often judgements of one word were right in history.</summary>
/// <param name="Likelihood">The word.</param>
/// <param name="Count">How many judgements got it.</param>
/// <param name="Right">How many of them were right.</param>
/// <param name="Low">Lower end of the 90 % bootstrap interval of the rate.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Usable">Whether the word may be used: the rate falls neither below nor above what the word stands for.</param>
public sealed record WordReliability(Likelihood Likelihood, int Count, int Right, double Low, double High, bool Usable)
{
    /// <summary>The observed rate; 0 where the word was never used.</summary>
    public double Rate => Count == 0 ? 0 : (double)Right / Count;
}

/// <summary>
/// The fitted weights of the conditional logit (D. McFadden, Conditional Logit Analysis of Qualitative Choice Behavior, 1974),
/// and how its words fared in history. Fitted on history and written down with what it was fitted on.
/// </summary>
public sealed class AttributionModel
{
    private const string Head = "culprit-attribution-model\t1";

    private static readonly Lazy<AttributionModel> Lazy = new(ReadEmbedded);

    private AttributionModel(string knowledge, ImmutableArray<double> weights, double unknownRate, ImmutableArray<WordReliability> words)
    {
        KnowledgeSha256 = knowledge;
        Weights = weights;
        UnknownRate = unknownRate;
        Words = words;
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToText())));
    }

    /// <summary>The weights that ship with the program.</summary>
    public static AttributionModel Embedded => Lazy.Value;

    /// <summary>SHA-256 of the model as written, lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>SHA-256 of the facts that it was fitted on.</summary>
    public string KnowledgeSha256 { get; }

    /// <summary>The share of reports in history that were about groups not known before: the base rate of the unknown group.</summary>
    public double UnknownRate { get; }

    /// <summary>How each word of the yardstick fared, weakest first.</summary>
    public ImmutableArray<WordReliability> Words { get; }

    /// <summary>The weights, in the order of <see cref="Model.Term"/>.</summary>
    internal ImmutableArray<double> Weights { get; }

    /// <summary>Reads a model.</summary>
    /// <exception cref="InvalidDataException">It is none; the message says which line is wrong.</exception>
    public static AttributionModel Read(Stream input)
    {
        using var reader = new StreamReader(input, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: -1, leaveOpen: true);
        string knowledge = "";
        double unknownRate = double.NaN;
        double[] weights = new double[Model.Term.Count];
        Array.Fill(weights, double.NaN);
        var words = ImmutableArray.CreateBuilder<WordReliability>();
        int number = 1;
        if (reader.ReadLine() != Head)
        {
            throw new InvalidDataException("Not a model of Culprit's: its first line should be 'culprit-attribution-model', a tab and '1'.");
        }

        while (reader.ReadLine() is { } line)
        {
            number++;
            string[] parts = line.Split('\t');
            if (parts is ["knowledge", var sha])
            {
                knowledge = sha;
            }
            else if (parts is ["unknown-rate", var rate] && Number(rate, out unknownRate) && unknownRate is > 0 and < 1)
            {
                continue;
            }
            else if (parts is ["weight", var name, var weight] && Array.IndexOf(Model.Term.Names, name) is var term and >= 0 && Number(weight, out weights[term]))
            {
                continue;
            }
            else if (parts is ["word", var word, var count, var right, var low, var high, var usable]
                && Enum.TryParse(word, out Likelihood likelihood) && Enum.IsDefined(likelihood)
                && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int n)
                && int.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out int r)
                && Number(low, out double from) && Number(high, out double to) && bool.TryParse(usable, out bool use))
            {
                words.Add(new WordReliability(likelihood, n, r, from, to, use));
            }
            else
            {
                throw new InvalidDataException($"Line {number} of the model is not understood: {(line.Length > 80 ? line[..80] : line)}");
            }
        }

        int missing = Array.FindIndex(weights, double.IsNaN);
        return missing >= 0 ? throw new InvalidDataException($"The model has no weight '{Model.Term.Names[missing]}'.")
            : double.IsNaN(unknownRate) ? throw new InvalidDataException("The model has no 'unknown-rate'.")
            : new AttributionModel(knowledge, [.. weights], unknownRate, words.ToImmutable());
    }

    /// <summary>Writes it as <see cref="Read"/> reads it.</summary>
    public void Write(Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Write(Encoding.UTF8.GetBytes(ToText()));
    }

    /// <summary>Makes a model. Weights are rounded to six digits, so that it is the same on every machine.</summary>
    internal static AttributionModel Of(string knowledge, IEnumerable<double> weights, double unknownRate, IEnumerable<WordReliability> words) =>
        new(knowledge, [.. weights.Select(static w => Math.Round(w, 6))], Math.Round(unknownRate, 6),
            [.. words.Select(static w => w with { Low = Math.Round(w.Low, 3), High = Math.Round(w.High, 3) })]);

    /// <summary>Whether judgements may use <paramref name="word"/>; words that history says nothing of may not be used above even chances.</summary>
    internal bool MayUse(Likelihood word) =>
        Words.FirstOrDefault(w => w.Likelihood == word) is { } known ? known.Usable : word <= Likelihood.RealisticPossibility;

    private static bool Number(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static AttributionModel ReadEmbedded()
    {
        using Stream stream = typeof(AttributionModel).Assembly.GetManifestResourceStream("culprit-knowledge/attribution.model")!;
        return Read(stream);
    }

    private string ToText()
    {
        var text = new StringBuilder();
        text.Append(Head).Append('\n');
        text.Append("knowledge\t").Append(KnowledgeSha256).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"unknown-rate\t{UnknownRate}\n");
        for (int i = 0; i < Weights.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"weight\t{Model.Term.Names[i]}\t{Weights[i]}\n");
        }

        foreach (WordReliability word in Words)
        {
            text.Append(CultureInfo.InvariantCulture, $"word\t{word.Likelihood}\t{word.Count}\t{word.Right}\t{word.Low}\t{word.High}\t{word.Usable}\n");
        }

        return text.ToString();
    }
}
