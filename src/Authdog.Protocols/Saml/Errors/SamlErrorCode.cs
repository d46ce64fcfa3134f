namespace Authdog.Protocols.Saml.Errors;

/// <summary>Why a SAML message, certificate or metadata document is refused. The number is the searchable code; it is never given another meaning.</summary>
public enum SamlErrorCode
{
    /// <summary>The message is not there.</summary>
    MessageMissing = 5001,

    /// <summary>The message is larger than anything an identity provider sends.</summary>
    TooLarge = 5002,

    /// <summary>Not Base64.</summary>
    NotBase64 = 5003,

    /// <summary>Not DEFLATE, or it inflates beyond the bound.</summary>
    NotDeflate = 5004,

    /// <summary>Not well-formed XML in UTF-8.</summary>
    NotXml = 5005,

    /// <summary>A document type, processing instruction or other construct that SAML never uses.</summary>
    ForbiddenXml = 5006,

    /// <summary>Elements nested too deeply, or too many namespaces.</summary>
    TooDeep = 5007,

    /// <summary>Two elements carry the same identifier.</summary>
    DuplicateId = 5008,

    /// <summary>Not the message that is expected here, or one that breaks the schema.</summary>
    WrongMessage = 5009,

    /// <summary>A parameter of the binding is missing, repeated or too long.</summary>
    WrongParameters = 5010,

    /// <summary>The artifact binding, which is not supported.</summary>
    ArtifactRefused = 5011,

    /// <summary>A binding that is not allowed for this message.</summary>
    WrongBinding = 5012,

    /// <summary>Nothing in the message is signed, or not the part that the connection demands.</summary>
    SignatureMissing = 5101,

    /// <summary>A signature that is not shaped as the strict profile demands, or stands where none belongs.</summary>
    SignatureShape = 5102,

    /// <summary>An algorithm that is not allowed.</summary>
    SignatureAlgorithm = 5103,

    /// <summary>The signature refers to something else than the element that carries it.</summary>
    SignatureReference = 5104,

    /// <summary>Transforms beyond enveloped signature and exclusive canonicalization.</summary>
    SignatureTransforms = 5105,

    /// <summary>No certificate of the connection verifies the signature.</summary>
    SignatureUntrusted = 5106,

    /// <summary>The signed element was changed.</summary>
    SignatureDigest = 5107,

    /// <summary>The connection has no certificate.</summary>
    NoCertificate = 5108,

    /// <summary>An encryption algorithm that is not allowed.</summary>
    EncryptionAlgorithm = 5201,

    /// <summary>An encrypted element that is not shaped as expected.</summary>
    EncryptionShape = 5202,

    /// <summary>An encrypted assertion that cannot be used. One code for every reason, so that nothing is told to who tries ciphertexts.</summary>
    EncryptedAssertionUnusable = 5203,

    /// <summary>The connection demands encryption.</summary>
    EncryptionMissing = 5204,

    /// <summary>An encrypted name identifier that cannot be decrypted, or an encrypted attribute.</summary>
    EncryptedPartRefused = 5205,

    /// <summary>The identity provider reports that it did not sign the person in.</summary>
    StatusNotSuccess = 5301,

    /// <summary>No assertion, or several.</summary>
    AssertionCount = 5302,

    /// <summary>From another issuer.</summary>
    WrongIssuer = 5303,

    /// <summary>Sent to another address.</summary>
    WrongDestination = 5304,

    /// <summary>For another recipient.</summary>
    WrongRecipient = 5305,

    /// <summary>For another audience, or for none in particular.</summary>
    WrongAudience = 5306,

    /// <summary>Not valid yet.</summary>
    NotYetValid = 5307,

    /// <summary>Not valid any more.</summary>
    Expired = 5308,

    /// <summary>Without a time that a bearer assertion must carry, or with one that cannot be read.</summary>
    TimeMissing = 5309,

    /// <summary>No subject, or none that whoever carries the assertion may use.</summary>
    SubjectMissing = 5310,

    /// <summary>Without a name identifier.</summary>
    NameIdMissing = 5311,

    /// <summary>The answer to another request, or to none of this browser.</summary>
    WrongInResponseTo = 5312,

    /// <summary>An answer that nobody asked for, and the connection does not allow.</summary>
    Unsolicited = 5313,

    /// <summary>Without a statement of how and when the person authenticated.</summary>
    AuthnStatementMissing = 5314,

    /// <summary>The session at the identity provider has ended.</summary>
    SessionEnded = 5315,

    /// <summary>Authenticated otherwise than was asked for.</summary>
    WrongAuthnContext = 5316,

    /// <summary>A fresh authentication was asked for, and an old one came.</summary>
    NotFresh = 5317,

    /// <summary>A condition that is not understood.</summary>
    UnknownCondition = 5318,

    /// <summary>Used before.</summary>
    Replayed = 5319,

    /// <summary>Not a certificate.</summary>
    CertificateUnreadable = 5401,

    /// <summary>A certificate whose key is too weak or of an unsupported kind.</summary>
    CertificateKey = 5402,

    /// <summary>A certificate outside its validity: a warning, since its key is believed because it is pinned.</summary>
    CertificateExpired = 5403,

    /// <summary>Not metadata of one identity provider.</summary>
    MetadataShape = 5501,

    /// <summary>The metadata has no such entity.</summary>
    MetadataEntityMissing = 5502,

    /// <summary>The metadata describes several entities and none was chosen.</summary>
    MetadataEntityAmbiguous = 5503,

    /// <summary>The metadata has expired.</summary>
    MetadataExpired = 5504,

    /// <summary>The metadata has no certificate that can be used.</summary>
    MetadataCertificates = 5505,

    /// <summary>The metadata has no address that can be used.</summary>
    MetadataEndpoints = 5506,
}
