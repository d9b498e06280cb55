using Culprit.Fuzz;
using SharpFuzz;

// One target so far; fuzz/README.md says how a fuzzer is attached to it.
if (args is ["replay", ..])
{
    foreach (string path in args[1..])
    {
        ChunkTarget.Run(File.ReadAllBytes(path));
    }

    return;
}

Fuzzer.LibFuzzer.Run(ChunkTarget.Run);
