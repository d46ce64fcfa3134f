using System.Diagnostics.CodeAnalysis;

namespace Authdog.Gateway.Tests.Sso;

[CollectionDefinition("saml")]
[SuppressMessage("Naming", "CA1711", Justification = "xunit's word.")]
public sealed class SamlCollection : ICollectionFixture<SamlFixture>;
