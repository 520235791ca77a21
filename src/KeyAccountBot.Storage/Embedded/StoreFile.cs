using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace KeyAccountBot.Storage.Embedded;

/// <summary>
/// Whether an open database still is the file at its path. A file that is deleted or replaced goes on taking writes for who has it
/// open, and loses them: such a write must not be confirmed.
/// </summary>
/// <remarks>SQLite itself is asked, which compares the file it has open with the one at the path; on Windows an open file cannot be deleted.</remarks>
internal sealed class StoreFile(string path, SqliteConnection connection)
{
    private const int HasMoved = 20; // SQLITE_FCNTL_HAS_MOVED
    private const int Done = 0; // SQLITE_OK
    private readonly string log = path + "-wal";

    /// <summary>Throws where the file, or the log beside it that holds the latest writes, is not there any more or another one.</summary>
    /// <exception cref="StoreUnusableException">So it is.</exception>
    public void Check()
    {
        if (FileControl(connection.Handle!.DangerousGetHandle(), 0, HasMoved, out var moved) == Done && moved != 0)
        {
            throw new StoreUnusableException(
                $"{path} was deleted, moved or replaced while it was open: nothing is confirmed any more. Stop the service, put the file back with its -wal beside it, and start again.");
        }

        if (!File.Exists(log))
        {
            throw new StoreUnusableException(
                $"{log} was deleted while the store was open: nothing is confirmed any more. Stop the service, which writes into {path} what it still knows, and start again.");
        }
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern int FileControl(nint database, nint main, int operation, out int answer);
}
