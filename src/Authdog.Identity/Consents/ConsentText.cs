namespace Authdog.Identity.Consents;

/// <summary>What people read of a document in one language.</summary>
public sealed class ConsentText
{
    /// <summary>The sentence beside the box, such as "I accept the terms of use".</summary>
    public string Label { get; set; } = "";

    /// <summary>File of the whole text: UTF-8, paragraphs separated by empty lines, headings begin with <c>#</c>; at most 256 KiB. Absent: the sentence is all there is.</summary>
    public string? File { get; set; }
}
