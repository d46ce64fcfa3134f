namespace Authdog.Identity.Storage;

/// <summary>Something outside the program stands in its way, and its operator can put it right: what, where, and how. Printed without stack trace.</summary>
/// <param name="code">Searchable code, such as <c>AG3002</c>.</param>
/// <param name="place">File, folder or server. Never a secret.</param>
/// <param name="problem">What is wrong.</param>
/// <param name="cure">What to do.</param>
/// <param name="inner">The failure underneath.</param>
public sealed class OperatorMistakeException(string code, string place, string problem, string cure, Exception? inner = null)
    : Exception($"{code} {place}: {problem} {cure}", inner)
{
    /// <summary>Searchable code.</summary>
    public string Code { get; } = code;

    /// <summary>File, folder or server.</summary>
    public string Place { get; } = place;

    /// <summary>What is wrong.</summary>
    public string Problem { get; } = problem;

    /// <summary>What to do.</summary>
    public string Cure { get; } = cure;
}
