using System.Globalization;
using BenchmarkDotNet.Running;

namespace Culprit.Benchmarks;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["read", _, ..]:
                return Reading.Run(arguments[1..]);
            case ["rules", var count, var from, var to]:
                return RuleCopies.Run(from, to, int.Parse(count, CultureInfo.InvariantCulture));
            case ["join", var findings, var hosts]:
                return Joining.Run(int.Parse(findings, CultureInfo.InvariantCulture), int.Parse(hosts, CultureInfo.InvariantCulture));
            case ["micro", ..]:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(arguments[1..]);
                return 0;
            default:
                Console.Error.WriteLine("usage: read FILE-OR-FOLDER... | rules COUNT FROM TO | join FINDINGS HOSTS | micro [BenchmarkDotNet's options]");
                return 2;
        }
    }
}
