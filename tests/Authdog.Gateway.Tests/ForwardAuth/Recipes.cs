using Authdog.TestKit;

namespace Authdog.Gateway.Tests.ForwardAuth;

/// <summary>The recipes of the folder's README, as an operator would paste them.</summary>
internal static class Recipes
{
    public static string Read(string language)
    {
        var text = File.ReadAllText(Path.Combine(GatewayProcess.Repository, "src/Authdog.Gateway/ForwardAuth/README.md"));
        var fence = $"```{language}\n";
        var start = text.IndexOf(fence, StringComparison.Ordinal) + fence.Length;
        start.ShouldBeGreaterThan(fence.Length, $"the README has no {language} recipe");
        return text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
    }

    public static string Replace(string recipe, string what, string with)
    {
        recipe.ShouldContain(what);
        return recipe.Replace(what, with, StringComparison.Ordinal);
    }
}
