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
            default:
                Console.Error.WriteLine("usage: rules COUNT FROM TO");
                return 2;
        }
    }
}
