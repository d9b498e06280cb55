using System.Globalization;

namespace Culprit.Benchmarks;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["rules", var count, var from, var to]:
                return RuleCopies.Run(from, to, int.Parse(count, CultureInfo.InvariantCulture));
            case ["read", .. var paths]:
                return Reading.Run(paths);
            default:
                Console.Error.WriteLine("usage: rules COUNT FROM TO | read FILE-OR-FOLDER...");
                return 2;
        }
    }
}
