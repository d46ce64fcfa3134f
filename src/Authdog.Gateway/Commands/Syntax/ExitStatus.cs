namespace Authdog.Gateway.Commands.Syntax;

/// <summary>What the process says when it ends.</summary>
internal static class ExitStatus
{
    /// <summary>Done, or the answer is yes.</summary>
    public const int Ok = 0;

    /// <summary>The answer is no: a test fails, access is denied, there is no such user.</summary>
    public const int No = 1;

    /// <summary>Wrong use or wrong configuration.</summary>
    public const int Wrong = 2;
}
