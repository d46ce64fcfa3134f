using System.Text;

namespace Authdog.Protocols.Saml.Bindings;

/// <summary>Bounds of <c>RelayState</c>: what goes out is an opaque handle of at most 80 bytes (bindings, section 3.4.3); what comes in may be a provider's own link.</summary>
public static class RelayState
{
    /// <summary>Most bytes that this gateway sends.</summary>
    public const int MaxSentBytes = 80;

    /// <summary>Most characters that are accepted.</summary>
    public const int MaxReceivedLength = 2048;

    /// <summary>Checks a value of our own before it is sent.</summary>
    /// <exception cref="ArgumentException">It is longer than the standard allows.</exception>
    internal static void EnsureSendable(string? relayState)
    {
        if (relayState is not null && Encoding.UTF8.GetByteCount(relayState) > MaxSentBytes)
        {
            throw new ArgumentException($"RelayState is longer than {MaxSentBytes} bytes.", nameof(relayState));
        }
    }
}
