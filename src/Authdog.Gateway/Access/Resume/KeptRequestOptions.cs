using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Access.Resume;

/// <summary>Section <c>Gateway:KeptRequests</c>: forms that were sent without the sign-in that they need are kept, encrypted, and sent once the person has signed in.</summary>
internal sealed class KeptRequestOptions
{
    public const string Section = "Gateway:KeptRequests";

    /// <summary>Largest body that is kept, in bytes; a larger one has to be sent again. 0: none is kept.</summary>
    public int MaxBodyBytes { get; set; } = 256 * 1024;

    /// <summary>How long the person has to sign in.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Bytes kept for one person or, while nobody is signed in, for one client network, within <see cref="Lifetime"/>.</summary>
    public long MaxBytesPerClient { get; set; } = 2 * 1024 * 1024;

    /// <summary>Bytes kept for all people who are signed in, and as many for all who are not, within <see cref="Lifetime"/>: strangers cannot fill the store.</summary>
    public long MaxBytes { get; set; } = 32 * 1024 * 1024;

    internal sealed class Validator : IValidateOptions<KeptRequestOptions>
    {
        // One record of the embedded store must fit into a page of its log.
        private const int LargestBody = 512 * 1024;

        public ValidateOptionsResult Validate(string? name, KeptRequestOptions options)
        {
            List<string> errors = [];
            if (options.MaxBodyBytes is < 0 or > LargestBody)
            {
                errors.Add(FormattableString.Invariant($"AG1201 {Section}:MaxBodyBytes = {options.MaxBodyBytes} is out of bounds: choose from 0 (nothing is kept) to {LargestBody}."));
            }

            if (options.Lifetime < TimeSpan.FromMinutes(1) || options.Lifetime > TimeSpan.FromHours(2))
            {
                errors.Add(FormattableString.Invariant($"AG1202 {Section}:Lifetime = {options.Lifetime} is out of bounds: choose from 1 minute to 2 hours."));
            }

            if (options.MaxBytesPerClient < options.MaxBodyBytes || options.MaxBytesPerClient > options.MaxBytes)
            {
                errors.Add(FormattableString.Invariant($"AG1203 {Section}:MaxBytesPerClient = {options.MaxBytesPerClient} is out of bounds: choose from MaxBodyBytes ({options.MaxBodyBytes}) to MaxBytes ({options.MaxBytes})."));
            }

            if (options.MaxBytes > 1024L * 1024 * 1024)
            {
                errors.Add(FormattableString.Invariant($"AG1204 {Section}:MaxBytes = {options.MaxBytes} is out of bounds: choose at most 1 GiB, and less than a quarter of the store's memory."));
            }

            return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
        }
    }
}
