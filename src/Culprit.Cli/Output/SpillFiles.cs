namespace Culprit.Cli.Output;

/// <summary>Files that findings go to when they are more than memory should hold.</summary>
internal static class SpillFiles
{
    /// <summary>A new file in the system's temporary folder that only this user can read, gone when it is closed.</summary>
    public static Stream Create()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 256 * 1024,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(Path.GetTempPath(), "culprit-" + Path.GetRandomFileName()), options);
    }
}
