using System.Globalization;
using Authdog.Policies.Decisions;
using Authdog.Policies.Language;

namespace Authdog.Policies.Testing;

/// <summary>Reads what stands behind <c>given</c>: user, session, request and time, each with defaults.</summary>
internal static class GivenReader
{
    private static readonly string[] GivenKeys = ["user", "session", "request", "at"];

    public static AccessRequest Read(YamlNode node, DateTimeOffset now, ErrorList errors)
    {
        if (Expect.Map(node, "given", GivenKeys, errors) is not { } given)
        {
            return default;
        }

        var at = given["at"] is { } time ? ReadTime(time, now, errors) : now;
        var user = Section(given, "user", GivenSubject.UserKeys, errors);
        var session = Section(given, "session", GivenSubject.SessionKeys, errors);
        if (session is not null && given["user"] is null)
        {
            errors.Add(ErrorCodes.MissingKey, session.Place, "There is a session and no user", null, "Add the key user, or remove session");
        }

        var subject = user is null ? null : GivenSubject.Read(user, session, at, errors);
        return Expect.Required(given, "request", "given", errors) is null || Section(given, "request", GivenRequest.Keys, errors) is not { } request
            ? default
            : GivenRequest.Read(request, subject, at, errors);
    }

    private static YamlMap? Section(YamlMap given, string key, IReadOnlyList<string> keys, ErrorList errors) =>
        given[key] is { } node ? Expect.Map(node, key, keys, errors) : null;

    private static DateTimeOffset ReadTime(YamlNode node, DateTimeOffset now, ErrorList errors)
    {
        if (Expect.Value(node, "at", errors) is not { } text)
        {
            return now;
        }

        // With its offset: a test that means another hour on another machine is none.
        if (DateTimeOffset.TryParseExact(text.Text, ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        errors.Add(ErrorCodes.BadTime, text.Place, "This is no time", text.Text, "Write date, time and offset like 2026-03-02T10:00+01:00, or with Z");
        return now;
    }
}
