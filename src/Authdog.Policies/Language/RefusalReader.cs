using Authdog.Policies.Rules;

namespace Authdog.Policies.Language;

/// <summary>Reads what a <c>deny</c> rule says to the person: <c>message</c> and <c>link</c>.</summary>
internal static class RefusalReader
{
    private const int LongestMessage = 500;
    private const int LongestLink = 2000;

    public static RefusalWords Read(YamlMap map, RuleEffect? effect, ErrorList errors)
    {
        foreach (var (key, _) in map.Entries.Where(entry => entry.Key.Text is "message" or "link" && effect is not (null or RuleEffect.Deny)))
        {
            errors.Add(ErrorCodes.MisplacedMessage, key.Place, "Only a rule with the effect deny says something to the person", key.Text, "Remove it, or make the effect deny");
        }

        var message = map["message"] is { } text ? Expect.Value(text, "message", errors) : null;
        if (message is not null && (message.Text.Length > LongestMessage || message.Text.Any(c => char.IsControl(c) && c != '\n')))
        {
            errors.Add(ErrorCodes.BadMessage, message.Place, "This is no message", message.Text, $"Write plain text of at most {LongestMessage} characters");
        }

        var link = map["link"] is { } target ? Expect.Value(target, "link", errors) : null;
        if (link is not null && !IsLink(link.Text))
        {
            errors.Add(ErrorCodes.BadLink, link.Place, "This is no link that can be offered", link.Text, "Write a local path like /help, or an address like https://help.example.com/");
        }

        return new RefusalWords(message?.Text, link?.Text);
    }

    private static bool IsLink(string text)
    {
        if (text.Length > LongestLink || text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '\\' or '<' or '>' or '"'))
        {
            return false;
        }

        // "//host" leads to another site, though it looks local.
        return text.StartsWith('/')
            ? !text.StartsWith("//", StringComparison.Ordinal)
            : text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && uri.Host.Length > 0;
    }
}
