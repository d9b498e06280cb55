using DuckDB.NET.Data;

namespace Culprit.Cases.Database;

/// <summary>The database's own word for a disk that is full or a file that cannot be written is what every other file's is.</summary>
internal static class DatabaseFault
{
    /// <summary>Writes to a database.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static T Write<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (DuckDBException e)
        {
            throw new IOException("the database cannot be written: " + e.Message.ReplaceLineEndings(" "), e);
        }
    }
}
