namespace Authdog.Gateway.ForwardAuth;

/// <summary>Marks a request that the pipeline judges and does not carry. Only the judge sets it.</summary>
internal sealed class DescribedRequestFeature
{
    /// <summary>Who asks, as headers for the app; set by the one line that grants.</summary>
    public IReadOnlyDictionary<string, string>? Granted { get; set; }
}
