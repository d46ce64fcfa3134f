namespace Authdog.Identity.Admission;

/// <summary>How far the waiting line is.</summary>
/// <param name="Issued">Number of the last ticket.</param>
/// <param name="Admitted">Number of the last one that was let in.</param>
/// <param name="LetIn">How many were let in just now.</param>
internal readonly record struct Line(long Issued, long Admitted, int LetIn)
{
    /// <summary>Whether anybody waits.</summary>
    public bool IsOpen => Issued > Admitted;
}
