namespace Authdog.Gateway.Access.Resume;

/// <summary>What became of the body of a request that is not carried out yet: a closed set.</summary>
internal abstract record Keeping
{
    private Keeping()
    {
    }

    /// <summary>There is nothing that a later GET would not send.</summary>
    public sealed record Nothing : Keeping
    {
        /// <summary>The one instance.</summary>
        public static Nothing Instance { get; } = new();
    }

    /// <summary>It is kept.</summary>
    /// <param name="Id">Id under which it is found.</param>
    public sealed record Kept(string Id) : Keeping;

    /// <summary>It is lost, and the person is told.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Lost(LostReason Reason) : Keeping;
}
