namespace Authdog.Identity.Passkeys;

/// <summary>What an attestation statement is, before anybody asks who signed it.</summary>
internal enum StatementVerdict
{
    /// <summary>Something in it is not right.</summary>
    Invalid,

    /// <summary>Nothing is wrong, and it says too little, or by too weak an algorithm, to prove anything.</summary>
    Unproven,

    /// <summary>It is what its format asks for; its worth is that of its certificate's root.</summary>
    Genuine,
}
