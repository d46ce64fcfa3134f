using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Keys;

/// <summary>The one secret that is not in a database. Read, or made, on first use.</summary>
internal sealed class MasterKey(IOptions<MasterKeyOptions> options, DataFolder folder, ILogger<MasterKey> logger)
{
    private readonly Lazy<byte[]> _bytes = new(() => Load(options.Value, folder, logger));

    /// <summary>Where it comes from, for messages.</summary>
    public string Place => options.Value.MasterKey is not null ? "Gateway:MasterKey" : FilePath(options.Value, folder);

    /// <summary>A key for one purpose (B9): HKDF-SHA256, 32 bytes.</summary>
    public byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _bytes.Value, MasterKeyOptions.KeyLength, info: Encoding.UTF8.GetBytes("authdog/1/" + purpose));

    /// <summary>Prints where it comes from.</summary>
    public override string ToString() => Place;

    private static string FilePath(MasterKeyOptions options, DataFolder folder) => Path.GetFullPath(options.MasterKeyFile ?? "master.key", folder.Path);

    private static byte[] Load(MasterKeyOptions options, DataFolder folder, ILogger logger)
    {
        if (options.MasterKey is { } configured)
        {
            return Convert.FromBase64String(configured);
        }

        var path = FilePath(options, folder);
        try
        {
            if (!File.Exists(path))
            {
                Create(path, logger);
            }

            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~DataFolder.OwnerOnlyFile & ~UnixFileMode.UserExecute) != 0)
            {
                KeysLog.MasterKeyReadableByOthers(logger, path);
            }

            var text = File.ReadAllText(path).Trim();
            return Base64.IsValid(text, out var length) && length == MasterKeyOptions.KeyLength
                ? Convert.FromBase64String(text)
                : throw new OperatorMistakeException("AG4002", path, "the file does not hold a master key (base64 of 32 bytes).", "Restore it from a backup. Without it, no secret in the directory can be read.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorMistakeException("AG4001", path, $"the master key cannot be read or made: {e.Message}", "Let the gateway's OS user read the file, or set Gateway:MasterKey.", e);
        }
    }

    // Written beside and put in place without overwriting: of two nodes that start at once, both end up with the same key.
    private static void Create(string path, ILogger logger)
    {
        DataFolder.Ensure(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Guid.NewGuid():N}";
        using (var file = new FileStream(draft, DataFolder.NewPrivateFile()))
        {
            file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(MasterKeyOptions.KeyLength)) + "\n"));
            file.Flush(flushToDisk: true);
        }

        try
        {
            Publish(draft, path);
            KeysLog.MasterKeyMade(logger, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another node was first: its key is the one.
        }

        File.Delete(draft);
    }

    // File.Move looks first and renames then, and so overwrites in a race; link(2) does not.
    private static void Publish(string draft, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            File.Move(draft, path, overwrite: false);
        }
        else if (link(PathBytes(draft), PathBytes(path)) != 0)
        {
            throw new IOException($"{path} cannot be made: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    private static byte[] PathBytes(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int link(byte[] from, byte[] to);
}
