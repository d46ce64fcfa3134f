using System.Buffers.Text;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Keys;

/// <summary>Where the key comes from under which everything secret is kept.</summary>
public sealed class MasterKeyOptions
{
    /// <summary>Section of the configuration; it has other settings too.</summary>
    public const string Section = "Gateway";

    /// <summary>Length of the key in bytes.</summary>
    internal const int KeyLength = 32;

    /// <summary>File with the key in base64, made on first start. Default: <c>master.key</c> in the data folder.</summary>
    public string? MasterKeyFile { get; set; }

    /// <summary>The key itself, base64 of 32 bytes: for several nodes, from a secret store.</summary>
    public string? MasterKey { get; set; }

    internal sealed class Validator : IValidateOptions<MasterKeyOptions>
    {
        public ValidateOptionsResult Validate(string? name, MasterKeyOptions options)
        {
            List<string> errors = [];
            // The value is a secret: no message repeats it.
            if (options.MasterKey is not null && !(Base64.IsValid(options.MasterKey, out var length) && length == KeyLength))
            {
                errors.Add($"AG1006 {Section}:MasterKey is not base64 of {KeyLength} bytes. Make one with `openssl rand -base64 {KeyLength}`.");
            }

            if (options is { MasterKey: not null, MasterKeyFile: not null })
            {
                errors.Add($"AG1005 {Section}:MasterKey and {Section}:MasterKeyFile are both set, and only one can be meant. Remove one.");
            }

            return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
        }
    }
}
