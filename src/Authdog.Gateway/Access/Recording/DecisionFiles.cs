using System.Globalization;
using System.Text;
using Authdog.Identity.Storage;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Access.Recording;

/// <summary>The files of recorded decisions: lines are added to the newest, which is closed at its bound; the oldest is deleted.</summary>
internal sealed class DecisionFiles(DataFolder data, IOptions<RecordingOptions> options, TimeProvider time) : IDisposable
{
    private const string Pattern = "decisions-*.jsonl";
    private readonly RecordingOptions _options = options.Value;
    private FileStream? _current;

    /// <summary>The folder.</summary>
    public string Folder { get; } = Path.Combine(data.Path, "decisions");

    /// <summary>Adds lines.</summary>
    /// <exception cref="IOException">They could not be written.</exception>
    public void Append(IEnumerable<byte[]> lines)
    {
        if (_options.MaxFiles == 0)
        {
            return;
        }

        foreach (var line in lines)
        {
            if (_current is { } full && full.Length + line.Length + 1 > _options.MaxFileBytes)
            {
                full.Dispose();
                _current = null;
            }

            _current ??= Open(line.Length + 1);
            _current.Write(line);
            _current.WriteByte((byte)'\n');
        }

        _current?.Flush();
    }

    /// <summary>All lines, the newest file first and each from its beginning. A file may be written to meanwhile.</summary>
    public IEnumerable<string> Read()
    {
        foreach (var file in Files().Reverse())
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            while (reader.ReadLine() is { } line)
            {
                yield return line;
            }
        }
    }

    public void Dispose() => _current?.Dispose();

    // The names are times: they sort, and go on after a restart.
    private FileStream Open(int needed)
    {
        data.Ensure();
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Folder);
        }
        else
        {
            Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var newest = Files().LastOrDefault();
        if (newest is null || new FileInfo(newest).Length + needed > _options.MaxFileBytes)
        {
            newest = Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"decisions-{time.GetUtcNow():yyyyMMdd'T'HHmmssfffffff'Z'}.jsonl"));
        }

        var open = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 64 * 1024 };
        if (!OperatingSystem.IsWindows())
        {
            open.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var stream = new FileStream(newest, open);
        foreach (var old in Files().SkipLast(_options.MaxFiles))
        {
            File.Delete(old);
        }

        return stream;
    }

    private IOrderedEnumerable<string> Files() =>
        (Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder, Pattern) : []).Order(StringComparer.Ordinal);
}
