using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Configuration;

/// <summary>Section <c>Policies</c>.</summary>
internal sealed class PolicyOptions
{
    public const string Section = "Policies";

    /// <summary>Folder of the policy files.</summary>
    public string Path { get; set; } = "./policies";

    /// <summary>Whether a set of policies whose test files fail stays out of force, at start and at every change.</summary>
    public bool RequireTests { get; set; }

    internal sealed class Validator : IValidateOptions<PolicyOptions>
    {
        public ValidateOptionsResult Validate(string? name, PolicyOptions options) => string.IsNullOrWhiteSpace(options.Path)
            ? ValidateOptionsResult.Fail("Policies:Path is empty. Name the folder of the policy files, or leave the key out for './policies'.")
            : ValidateOptionsResult.Success;
    }
}
