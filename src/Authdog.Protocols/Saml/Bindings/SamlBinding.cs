namespace Authdog.Protocols.Saml.Bindings;

/// <summary>How a message travels.</summary>
public enum SamlBinding
{
    /// <summary>In a query string, deflated; the query is signed.</summary>
    HttpRedirect,

    /// <summary>In a form that the browser posts; the XML is signed.</summary>
    HttpPost,
}
