using System.Collections.Immutable;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sessions;

namespace Authdog.Identity.Login;

/// <summary>Finds what is mandated for an address, by whichever feature.</summary>
internal sealed class LoginMandates(IEnumerable<LoginMandate> sources)
{
    /// <summary>What is mandated for an address, if anything.</summary>
    public async ValueTask<Answer> FindAsync(string? address, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(address, out var email))
        {
            return default;
        }

        foreach (var source in sources)
        {
            if (await source.FindAsync(email, cancellationToken) is { } mandated)
            {
                return new Answer(mandated, mandated.IsExempt(email));
            }
        }

        return default;
    }

    /// <summary>What is mandated, and whether the address is exempt.</summary>
    internal readonly record struct Answer(MandatedMethod? Mandated, bool IsExempt)
    {
        /// <summary>Whether a method may be on offer. The emergency's is, to everybody: whom it lets in is no stranger's business (I1).</summary>
        public bool Allows(IAuthenticationMethod method) => Mandated is null || !method.IsFirst || method.Name == Mandated.Method || method.Name == Mandated.Emergency;

        /// <summary>Whether a method is the mandated one.</summary>
        public bool IsMandated(IAuthenticationMethod method) => Mandated is null || method.Name == Mandated.Method;

        /// <summary>Whether what was proved is enough for the mandate, or there is none for this address.</summary>
        public bool IsMetBy(ImmutableArray<AuthenticationFactor> factors) =>
            Mandated is not { } mandated || IsExempt || factors.Any(factor => factor.Connection == mandated.Connection);

        /// <summary>Whether a proof must not even tell that it was right: nobody tries passwords where no password counts.</summary>
        public bool Refuses(IAuthenticationMethod method) => Mandated is { } mandated && !IsExempt && method.Name == mandated.Emergency;
    }
}
