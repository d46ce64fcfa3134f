namespace Authdog.Identity.Sso;

/// <summary>A provider did not do what its protocol says, deep inside a library that knows no other way out. Caught at the ceremony, which shows a page and writes the event.</summary>
/// <param name="refusal">What the person is told.</param>
/// <param name="cause">What the administrator is told: words of ours and codes of the standard.</param>
/// <param name="fault">What has to be done about it.</param>
/// <param name="inner">The failure underneath.</param>
internal sealed class ExternalFailureException(ExternalRefusal refusal, string cause, ExternalFault fault = ExternalFault.Other, Exception? inner = null) : Exception(cause, inner)
{
    /// <summary>What the person is told.</summary>
    public ExternalRefusal Refusal { get; } = refusal;

    /// <summary>What has to be done about it: by this, never by the sentence, programs tell failures apart.</summary>
    public ExternalFault Fault { get; } = fault;
}
