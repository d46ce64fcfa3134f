using Authdog.Gateway.Configuration;

namespace Authdog.Gateway.Commands.Hosting;

/// <summary>The operator has something to put right first.</summary>
internal sealed class MistakesException(IReadOnlyList<Mistake> mistakes) : Exception("The configuration has mistakes.")
{
    /// <summary>All that was found.</summary>
    public IReadOnlyList<Mistake> Mistakes { get; } = mistakes;
}
