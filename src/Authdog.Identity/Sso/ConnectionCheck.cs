namespace Authdog.Identity.Sso;

/// <summary>One step of the test of a connection.</summary>
/// <param name="Passed">Whether it went well.</param>
/// <param name="What">What was tried.</param>
/// <param name="Found">What came of it, or what went wrong with its cure.</param>
public sealed record ConnectionCheck(bool Passed, string What, string Found)
{
    /// <summary>What has to be done about it, when it did not pass.</summary>
    internal ExternalFault Fault { get; init; }
}
