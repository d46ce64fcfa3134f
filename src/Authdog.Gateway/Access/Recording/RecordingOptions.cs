using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Access.Recording;

/// <summary>Section <c>Policies:Recording</c>: decisions are kept for a while, so that a refusal can be explained, and a change of policy judged by real requests. What is personal is encrypted.</summary>
internal sealed class RecordingOptions
{
    public const string Section = "Policies:Recording";

    /// <summary>Share of what is allowed, and of browsers that are sent to sign in, that is recorded: 0 to 1. Refusals, and whatever shadow mode would have decided differently, are recorded always.</summary>
    public double SampleRate { get; set; } = 0.01;

    /// <summary>Bytes of a file, after which the next one is begun. The files are in <c>decisions</c> under <c>Gateway:DataPath</c>.</summary>
    public long MaxFileBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Files kept; the oldest is deleted. 0: nothing is recorded in files.</summary>
    public int MaxFiles { get; set; } = 8;

    /// <summary>Decisions kept in the shared store too, where every node's commands find those of all nodes; the oldest is dropped. 0: none. One takes about a kilobyte.</summary>
    public int MaxShared { get; set; }

    internal sealed class Validator : IValidateOptions<RecordingOptions>
    {
        public ValidateOptionsResult Validate(string? name, RecordingOptions options)
        {
            List<string> errors = [];
            if (options.SampleRate is not (>= 0 and <= 1))
            {
                errors.Add(FormattableString.Invariant($"AG1221 {Section}:SampleRate = {options.SampleRate} is out of bounds: choose from 0 (refusals alone) to 1 (everything)."));
            }

            if (options.MaxFileBytes is < 64 * 1024 or > 1024L * 1024 * 1024)
            {
                errors.Add(FormattableString.Invariant($"AG1222 {Section}:MaxFileBytes = {options.MaxFileBytes} is out of bounds: choose from 64 KiB to 1 GiB."));
            }

            if (options.MaxFiles is < 0 or > 1000)
            {
                errors.Add(FormattableString.Invariant($"AG1223 {Section}:MaxFiles = {options.MaxFiles} is out of bounds: choose from 0 (no files) to 1000."));
            }

            if (options.MaxShared is < 0 or > 1_000_000)
            {
                errors.Add(FormattableString.Invariant($"AG1224 {Section}:MaxShared = {options.MaxShared} is out of bounds: choose from 0 (none) to 1000000."));
            }

            return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
        }
    }
}
