using Authdog.Protocols.Saml.Errors;

namespace Authdog.Protocols.Saml.Bindings;

/// <summary>A message, or why the request carries none.</summary>
public abstract record ReceivedMessageResult
{
    private ReceivedMessageResult()
    {
    }

    /// <summary>There is one.</summary>
    public sealed record Received(ReceivedMessage Message) : ReceivedMessageResult;

    /// <summary>There is none that can be used.</summary>
    public sealed record Refused(SamlError Error) : ReceivedMessageResult;
}
