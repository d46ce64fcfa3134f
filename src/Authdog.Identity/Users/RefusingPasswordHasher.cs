using Microsoft.AspNetCore.Identity;

namespace Authdog.Identity.Users;

/// <summary>Closes <c>UserManager</c>'s own way to passwords: it would hash outside the queue (I14) and in another format (I3).</summary>
internal sealed class RefusingPasswordHasher : IPasswordHasher<User>
{
    private const string Message = "Passwords are hashed and verified by PasswordHashing, and stored through UserDirectory.";

    public string HashPassword(User user, string password) => throw new NotSupportedException(Message);

    public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword) => throw new NotSupportedException(Message);
}
