using Authdog.Identity.Tenants;

namespace Authdog.Identity.Consents;

/// <summary>What people read of a document in one language.</summary>
public sealed class ConsentText
{
    /// <summary>The sentence beside the box, such as "I accept the terms of use".</summary>
    public string Label { get; set; } = "";

    /// <summary>The whole text: paragraphs separated by empty lines, headings begin with <c>#</c>; at most 32 KiB. Absent, as <see cref="File"/> is: the sentence is all there is.</summary>
    public string? Text { get; set; }

    /// <summary>File of the whole text in UTF-8, of the same form, at most 256 KiB. A tenant gives <see cref="Text"/>: what lies on the gateway's machine is none of its business.</summary>
    [GatewayOnly]
    public string? File { get; set; }
}
