using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.SignUp.Domains;

/// <summary>Takes another list of disposable domains into use.</summary>
public sealed class DisposableDomainUpdate
{
    private const int MaxFile = 64 * 1024 * 1024;
    private readonly DisposableDomains _domains;
    private readonly DataFolder _folder;

    internal DisposableDomainUpdate(DisposableDomains domains, DataFolder folder) => (_domains, _folder) = (domains, folder);

    /// <summary>Reads a list (one domain a line, <c>#</c> for comments, or a JSON array; <c>*.example.com</c> for all below) and puts it in the place of the one in use. All of it or nothing.</summary>
    /// <returns>How many domains it has, or the first mistake.</returns>
    public async Task<(int Count, string? Mistake)> UpdateAsync(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            return (0, $"'{file}' is no file.");
        }

        if (new FileInfo(file).Length > MaxFile)
        {
            return (0, $"'{file}' is larger than {MaxFile / 1024 / 1024} MiB, which no such list is.");
        }

        var text = await File.ReadAllTextAsync(file, cancellationToken);
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in Lines(text))
        {
            number++;
            var entry = line.Split('#')[0].Trim();
            if (entry.Length == 0)
            {
                continue;
            }

            if (Normalize(entry) is not { } domain)
            {
                return (0, $"{file}({number}): '{(entry.Length > 80 ? entry[..80] : entry)}' is no domain.");
            }

            lines.Add(domain);
        }

        if (lines.Count == 0)
        {
            return (0, $"'{file}' has no domains.");
        }

        await WriteAsync(lines, cancellationToken);
        return (lines.Count, null);
    }

    private static string[] Lines(string text)
    {
        if (!text.TrimStart().StartsWith('['))
        {
            return text.Split('\n');
        }

        try
        {
            return JsonSerializer.Deserialize<string[]>(text) ?? [];
        }
        catch (JsonException)
        {
            return ["no JSON array of texts"];
        }
    }

    // The parser of addresses knows what a domain is.
    private static string? Normalize(string entry)
    {
        var below = entry.StartsWith("*.", StringComparison.Ordinal);
        var domain = EmailAddress.TryParse("a@" + (below ? entry[2..] : entry), out var address) ? address.Domain : null;
        return domain is not null && below ? "." + domain : domain;
    }

    private async Task WriteAsync(IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        _folder.Ensure();
        var draft = $"{_domains.File}.{Guid.NewGuid():N}";
        await using (var file = new FileStream(draft, DataFolder.NewPrivateFile()))
        await using (var writer = new StreamWriter(file) { NewLine = "\n" })
        {
            foreach (var line in lines)
            {
                await writer.WriteLineAsync(line.AsMemory(), cancellationToken);
            }
        }

        File.Move(draft, _domains.File, overwrite: true);
    }
}
