using Microsoft.Extensions.Options;

namespace Authdog.Identity.Audit;

/// <summary>How long security events are kept, and where else they go (section <c>Audit</c>).</summary>
public sealed class AuditOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Audit";

    /// <summary>How long events are kept; absent: for ever. What is older is thrown away from the beginning of the chain, which stays verifiable.</summary>
    public TimeSpan? Retention { get; set; }

    /// <summary>How long the client's address stays in an event. The event itself stays, and so does the chain.</summary>
    public TimeSpan AddressRetention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Whether events are written to standard output too, as JSON lines.</summary>
    public bool StandardOutput { get; set; }

    /// <summary>File to which events are appended as JSON lines, opened anew each time so that it can be moved away. Absent: none.</summary>
    public string? File { get; set; }

    /// <summary>A program that is called with events.</summary>
    public AuditWebhookOptions Webhook { get; set; } = new();

    /// <summary>A collector that gets events as OpenTelemetry logs.</summary>
    public AuditOtlpOptions Otlp { get; set; } = new();

    internal sealed class Validator : IValidateOptions<AuditOptions>
    {
        public ValidateOptionsResult Validate(string? name, AuditOptions options)
        {
            var errors = new ValidateOptionsResultBuilder();
            if (options.Retention is { } retention && (retention < TimeSpan.FromDays(1) || retention > TimeSpan.FromDays(36_500)))
            {
                errors.AddError($"AG3501 {Section}:Retention is {retention}. Give 1 to 36500 days (400.00:00:00), or nothing to keep events for ever.");
            }

            if (options.AddressRetention < TimeSpan.FromHours(1) || options.AddressRetention > TimeSpan.FromDays(36_500))
            {
                errors.AddError($"AG3502 {Section}:AddressRetention is {options.AddressRetention}. Give 1 hour to 36500 days (90.00:00:00).");
            }

            if (options.File is { } file && (Directory.Exists(file) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file)))))
            {
                errors.AddError($"AG3503 {Section}:File is '{file}', in no folder that exists or a folder itself. Name a file in a folder where the gateway may write, or leave it out.");
            }

            foreach (var mistake in options.Webhook.Mistakes().Concat(options.Otlp.Mistakes()))
            {
                errors.AddError(mistake);
            }

            return errors.Build();
        }
    }
}
