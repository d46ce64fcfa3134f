using System.Text.RegularExpressions;

namespace Authdog.Conventions.Tests;

/// <summary>One source file: its path within the checkout and its text.</summary>
internal sealed partial record SourceFile(string Path, string Text)
{
    /// <summary><c>src/Authdog.Identity/Login/X.cs</c> → <c>Authdog.Identity</c>.</summary>
    public string Project => Path.Split('/')[1];

    /// <summary><c>src/Authdog.Identity/Sso/Oidc/X.cs</c> → <c>Sso/Oidc</c>; empty in a project's root.</summary>
    public string Folder => string.Join('/', Path.Split('/')[2..^1]);

    public int Lines => Text.AsSpan().Count('\n');

    /// <summary>The text without comments and without the contents of strings, so that prose and messages count for nothing.</summary>
    public string Code => Noise().Replace(Text, " ");

    public override string ToString() => Path;

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|@\*.*?\*@|"{3,}.*?"{3,}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'""", RegexOptions.Singleline)]
    private static partial Regex Noise();
}
