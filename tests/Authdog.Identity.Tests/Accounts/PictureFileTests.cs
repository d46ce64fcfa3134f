using Authdog.Identity.Accounts.Profile;

namespace Authdog.Identity.Tests.Accounts;

public sealed class PictureFileTests
{
    [Fact]
    public void KeepsThePictureAlone_WhenItCarriesMetadata()
    {
        PictureFile.Read(Samples.Png(metadata: true))!.Content.ShouldBe(Samples.Png(metadata: false));
        PictureFile.Read(Samples.Jpeg(metadata: true))!.Content.ShouldBe(Samples.Jpeg(metadata: false));
        var webp = PictureFile.Read(Samples.WebP(metadata: true))!;
        webp.MediaType.ShouldBe("image/webp");
        System.Text.Encoding.Latin1.GetString(webp.Content).ShouldNotContain("EXIF");
        PictureFile.Read(webp.Content)!.Content.ShouldBe(webp.Content);
    }

    [Fact]
    public void RefusesIt_WhenItMovesOrIsTooLarge()
    {
        PictureFile.Read(Samples.WebP(metadata: true, animated: true)).ShouldBeNull();
        PictureFile.Read(Samples.Png(metadata: false, side: 5000)).ShouldBeNull();
        PictureFile.Read(new byte[PictureFile.MaxBytes + 1]).ShouldBeNull();
    }

    [Fact]
    [Trait("Threat", "B18")]
    public void NeitherThrowsNorAcceptsOthers_WhenItIsCutOrChangedAnywhere()
    {
        foreach (var sample in new[] { Samples.Png(metadata: true), Samples.Jpeg(metadata: true), Samples.WebP(metadata: true) })
        {
            for (var at = 0; at < sample.Length; at++)
            {
                PictureFile.Read(sample.AsSpan(0, at))?.MediaType.ShouldBe("image/jpeg", $"cut at {at}");
                foreach (byte change in (byte[])[0x00, 0x01, 0x7F, 0x80, 0xFF])
                {
                    var changed = (byte[])sample.Clone();
                    changed[at] = change;
                    if (PictureFile.Read(changed) is { } read)
                    {
                        PictureFile.Read(read.Content)!.Content.ShouldBe(read.Content);
                    }
                }
            }
        }
    }
}
