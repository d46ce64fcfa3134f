using Authdog.Gateway.Configuration;
using Authdog.Policies.Catalog;
using Authdog.Policies.Language;

namespace Authdog.Gateway.Commands.Hosting;

/// <summary>Loads the policies and says what is wrong with them.</summary>
internal static class PolicyJudge
{
    /// <summary>Loads the catalog.</summary>
    public static IEnumerable<Mistake> Judge(IServiceProvider services) => services.GetRequiredService<PolicyCatalog>().Reload().Errors.Select(Mistake);

    /// <summary>A policy's error in the form of all others.</summary>
    public static Mistake Mistake(PolicyError error)
    {
        var what = error.Value is null ? $"{error.Message}." : $"{error.Message}: '{error.Value}'.";
        return new Mistake(error.Code, new Place(error.File, error.Line, error.Column), what.ReplaceLineEndings(" "), error.Cure);
    }
}
