using System.Globalization;
using System.Text;
using System.Xml;

namespace Authdog.Policies.Testing;

/// <summary>Renders a report as JUnit XML, which build servers read: a suite a file, a case a test.</summary>
internal static class JUnitText
{
    public static string Render(PolicyTestReport report)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("tests", Number(report.Results.Length));
            xml.WriteAttributeString("failures", Number(report.Failed));
            xml.WriteAttributeString("errors", Number(report.Errors.Length));
            foreach (var file in report.Results.GroupBy(result => result.File))
            {
                WriteFile(xml, file.Key, [.. file]);
            }

            foreach (var file in report.Errors.GroupBy(error => error.File))
            {
                xml.WriteStartElement("testsuite");
                xml.WriteAttributeString("name", Clean(file.Key));
                xml.WriteAttributeString("tests", "0");
                xml.WriteAttributeString("errors", Number(file.Count()));
                xml.WriteElementString("system-err", Clean(string.Join('\n', file)));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static void WriteFile(XmlWriter xml, string file, PolicyTestResult[] results)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Clean(file));
        xml.WriteAttributeString("tests", Number(results.Length));
        xml.WriteAttributeString("failures", Number(results.Count(result => !result.Passed)));
        foreach (var result in results)
        {
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("classname", Clean(result.Policy));
            xml.WriteAttributeString("name", Clean(result.Name));
            xml.WriteAttributeString("file", Clean(result.File));
            xml.WriteAttributeString("line", Number(result.Line));
            if (!result.Passed)
            {
                xml.WriteStartElement("failure");
                xml.WriteAttributeString("message", Clean($"{result.Mismatches[0].What} should be {result.Mismatches[0].Expected} and is {result.Mismatches[0].Actual}"));
                xml.WriteString(Clean(PolicyTestText.Failure(result)));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    // XML 1.0 has no place for most control characters and lone surrogates, not even escaped.
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.Value is '\n' || !Rune.IsControl(rune) ? rune.ToString() : "\uFFFD"));
}
