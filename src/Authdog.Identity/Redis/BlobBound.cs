namespace Authdog.Identity.Redis;

/// <summary>How many bytes may be stored within a lifetime.</summary>
/// <param name="Crowd">Who shares a bound.</param>
/// <param name="Owner">Who counts as having stored a value.</param>
/// <param name="MostOfOwner">Bytes of one owner.</param>
/// <param name="MostOfCrowd">Bytes of all owners of the crowd, of whatever tenant.</param>
public sealed record BlobBound(string Crowd, string Owner, long MostOfOwner, long MostOfCrowd);
