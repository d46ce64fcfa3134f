using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Keys;
using Authdog.Identity.Storage;
using Microsoft.AspNetCore.Http;

namespace Authdog.Console.Api;

/// <summary>Reads and writes the place in a list: sealed, and good for the same list of the same tenant alone.</summary>
internal sealed class ApiCursor(SecretProtector protector)
{
    /// <summary>Items of a page that asks for nothing else.</summary>
    public const int DefaultLimit = 50;

    /// <summary>Most items of a page.</summary>
    public const int MaxLimit = 200;

    private const string Purpose = "api cursor";
    private const int MaxLength = 512;

    /// <summary>What a page was asked for; false with the answer to give instead.</summary>
    /// <param name="call">The call.</param>
    /// <param name="list">Name of the list, with everything that it is filtered by.</param>
    /// <param name="after">The last item of the page before; null for the first page.</param>
    /// <param name="limit">How many items.</param>
    /// <param name="refusal">The answer to give instead.</param>
    public bool TryRead(ApiCall call, string list, out string? after, out int limit, out ApiAnswer refusal)
    {
        (after, limit, refusal) = (null, DefaultLimit, ApiAnswer.NoContent);
        if (call.Query("limit") is { } asked && (!int.TryParse(asked, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
        {
            refusal = ApiProblem.Parameter("limit", $"give 1 to {MaxLimit}.");
            return false;
        }

        if (call.Query("cursor") is { } cursor && (after = Open(cursor, list)) is null)
        {
            refusal = ApiProblem.Parameter("cursor", "give what a page of this list had as 'next', or nothing for the first page.");
            return false;
        }

        return true;
    }

    /// <summary>A page of what was read, of which there may be one item more than the page takes.</summary>
    public ApiAnswer Page<TRow, TItem>(string list, IReadOnlyList<TRow> rows, int limit, Func<TRow, string> id, Func<TRow, TItem> show) => ApiAnswer.Page(new ApiPage<TItem>(
        [.. rows.Take(limit).Select(show)],
        rows.Count > limit ? Seal(id(rows[limit - 1]), list) : null));

    private string Seal(string last, string list) => Base64Url.EncodeToString(protector.Protect(Purpose, Encoding.UTF8.GetBytes($"{list}\n{last}")));

    private string? Open(string cursor, string list)
    {
        if (cursor.Length > MaxLength || !Base64Url.IsValid(cursor))
        {
            return null;
        }

        try
        {
            var text = Encoding.UTF8.GetString(protector.Unprotect(Purpose, Base64Url.DecodeFromChars(cursor)));
            return text.StartsWith(list + "\n", StringComparison.Ordinal) ? text[(list.Length + 1)..] : null;
        }
        catch (Exception e) when (e is CryptographicException or OperatorMistakeException)
        {
            return null;
        }
    }
}
