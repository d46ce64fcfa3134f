namespace Authdog.Identity.Admission;

/// <summary>How the waiting line stands for one who asks.</summary>
/// <param name="Number">Number of the ticket; a new one where it had none, or had not asked for too long.</param>
/// <param name="Position">How many are before it, itself among them; 0 once it is let in.</param>
/// <param name="LetIn">How many were let in just now.</param>
/// <param name="IsOpen">Whether anybody waits.</param>
internal readonly record struct Line(long Number, long Position, int LetIn, bool IsOpen);
