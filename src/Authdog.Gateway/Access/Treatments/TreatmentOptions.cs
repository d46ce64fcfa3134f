using System.Collections.Frozen;
using Authdog.Gateway.Edge;
using Authdog.Gateway.Routing;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.Access.Treatments;

/// <summary>Section <c>Policies</c>: what policies can choose by name, in place of what the route says.</summary>
internal sealed class TreatmentOptions
{
    public const string Section = "Policies";

    /// <summary>Sets of headers for an app's answers, by the name that a policy's <c>security-headers</c> gives; beside the built-in <c>off</c>, <c>basic</c> and <c>strict</c>. What the app says itself stands.</summary>
    public IDictionary<string, Dictionary<string, string>> SecurityHeaders { get; } = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);

    /// <summary>Names of the identity headers, by the name that a policy's <c>header-mapping</c> gives.</summary>
    public IDictionary<string, HeaderMappingSettings> HeaderMappings { get; } = new Dictionary<string, HeaderMappingSettings>(StringComparer.Ordinal);

    /// <summary>Rate limits, by the name that a policy's <c>rate-limit</c> gives.</summary>
    public IDictionary<string, RateLimitSettings> RateLimits { get; } = new Dictionary<string, RateLimitSettings>(StringComparer.Ordinal);

    internal sealed class Validator : IValidateOptions<TreatmentOptions>
    {
        // What an answer is, and who is signed in to what, is not for a policy to say.
        private static readonly FrozenSet<string> s_notForAnswers = new[]
        {
            HeaderNames.SetCookie, HeaderNames.Location, HeaderNames.Date, HeaderNames.ETag, HeaderNames.Vary, HeaderNames.Age, HeaderNames.WWWAuthenticate, HeaderNames.ContentRange,
        }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

        public ValidateOptionsResult Validate(string? name, TreatmentOptions options)
        {
            List<string> errors = [];
            foreach (var (set, headers) in options.SecurityHeaders)
            {
                CheckSet(errors, $"{Section}:SecurityHeaders:{set}", set, headers);
            }

            foreach (var (mapping, settings) in options.HeaderMappings)
            {
                CheckMapping(errors, $"{Section}:HeaderMappings:{mapping}", settings.ToNames());
            }

            foreach (var (limit, settings) in options.RateLimits)
            {
                CheckLimit(errors, $"{Section}:RateLimits:{limit}", settings);
            }

            return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
        }

        private static void CheckSet(List<string> errors, string place, string set, Dictionary<string, string> headers)
        {
            if (Enum.TryParse<AppSecurityHeaders>(set, ignoreCase: true, out _))
            {
                errors.Add($"AG1231 {place} has the name of a built-in set: choose another name.");
            }

            foreach (var (header, value) in headers)
            {
                if (!ReservedHeaders.IsPlain(header) || RouteSettingsReader.Judge(header) is not null || s_notForAnswers.Contains(header))
                {
                    errors.Add($"AG1232 {place}:{header} is no header that answers can be given: choose one such as 'Content-Security-Policy'.");
                }
                else if (string.IsNullOrWhiteSpace(value) || value.Any(c => c is < ' ' or > '~'))
                {
                    errors.Add($"AG1233 {place}:{header} = '{value}' is no value of a header: write printable ASCII on one line.");
                }
            }
        }

        private static void CheckLimit(List<string> errors, string place, RateLimitSettings limit)
        {
            if (limit.Permits is < 1 or > 1_000_000)
            {
                errors.Add(FormattableString.Invariant($"AG1236 {place}:Permits = {limit.Permits} is out of bounds: choose from 1 to 1000000."));
            }

            if (limit.Window < TimeSpan.FromSeconds(1) || limit.Window > TimeSpan.FromDays(1))
            {
                errors.Add(FormattableString.Invariant($"AG1237 {place}:Window = {limit.Window} is out of bounds: choose from 1 second to 1 day."));
            }

            if (!Enum.IsDefined(limit.By))
            {
                errors.Add(FormattableString.Invariant($"AG1238 {place}:By = {limit.By} is neither User nor Client."));
            }

            if (!Enum.IsDefined(limit.Algorithm))
            {
                errors.Add(FormattableString.Invariant($"AG1239 {place}:Algorithm = {limit.Algorithm} is neither SlidingWindow nor TokenBucket."));
            }
        }

        private static void CheckMapping(List<string> errors, string place, IdentityHeaderNames names)
        {
            foreach (var value in names.All)
            {
                if (RouteSettingsReader.Judge(value) is { } lack)
                {
                    errors.Add($"AG1234 {place} has the header '{value}': {lack}");
                }
            }

            foreach (var twice in names.All.GroupBy(value => value, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            {
                errors.Add($"AG1235 {place} has the header '{twice.Key}' twice: give each value its own.");
            }
        }
    }
}
