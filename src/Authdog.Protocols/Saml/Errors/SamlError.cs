using System.Globalization;

namespace Authdog.Protocols.Saml.Errors;

/// <summary>A named reason with one sentence for the administrator of the connection. It never holds what the message says about a person.</summary>
/// <param name="Code">The reason.</param>
/// <param name="Message">What is wrong and where to look, in English. It may quote the message, so whoever shows it encodes it.</param>
public sealed record SamlError(SamlErrorCode Code, string Message)
{
    private const int MaxQuote = 200;

    /// <summary>The searchable code: <c>AG5106</c>.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"AG{(int)Code}");

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Message}";

    /// <summary>A value of the message as it may stand in a sentence: one line, bounded, in quotation marks.</summary>
    internal static string Quote(string? value)
    {
        if (value is null)
        {
            return "nothing";
        }

        var bounded = value.Length > MaxQuote ? string.Concat(value.AsSpan(0, MaxQuote), "…") : value;
        return $"'{string.Concat(bounded.Select(character => char.IsControl(character) ? ' ' : character))}'";
    }
}
