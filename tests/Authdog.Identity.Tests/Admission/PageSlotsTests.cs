using Authdog.Identity.Admission;
using Authdog.Identity.Sessions;
using Authdog.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Authdog.Identity.Tests.Admission;

/// <summary>A rush on the sign-in is worked off a few pages at a time, and holds up nobody who has a session (I14).</summary>
[Trait("Threat", "I14")]
public sealed class PageSlotsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly PageSlots _slots;

    public PageSlotsTests() => _slots = new PageSlots(_time);

    public void Dispose() => _slots.Dispose();

    [Fact]
    public async Task StrangersWaitForASlot_UntilAnAnswerIsSent()
    {
        var taken = await TakeAllAsync();
        var stranger = InvokeAsync(new DefaultHttpContext());
        stranger.IsCompleted.ShouldBeFalse();

        taken[0].Dispose();
        (await stranger).ShouldBe("page");
    }

    [Fact]
    public async Task WhoeverWaitsForSomethingElse_KeepsNoSlotForLong()
    {
        await TakeAllAsync();
        var stranger = InvokeAsync(new DefaultHttpContext());
        _time.Advance(TimeSpan.FromMilliseconds(99));
        stranger.IsCompleted.ShouldBeFalse();

        _time.Advance(TimeSpan.FromMilliseconds(1));
        (await stranger).ShouldBe("page");
    }

    [Fact]
    public async Task SlotIsGivenBackOnce_HoweverOftenItIsDisposedOf()
    {
        var taken = await TakeAllAsync();
        taken[0].Dispose();
        taken[0].Dispose();
        _ = await _slots.EnterAsync(CancellationToken.None);
        var third = _slots.EnterAsync(CancellationToken.None).AsTask();
        third.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    [Trait("Threat", "B18")]
    public async Task NobodyMoreWaits_WhereTenThousandDo()
    {
        await TakeAllAsync();
        using CancellationTokenSource hungUp = new();
        var waiting = Enumerable.Range(0, 10_000).Select(_ => _slots.EnterAsync(hungUp.Token).AsTask()).ToList();

        (await _slots.EnterAsync(CancellationToken.None)).ShouldBeNull();

        waiting.ShouldAllBe(static waits => !waits.IsCompleted);
        await hungUp.CancelAsync();
    }

    private async Task<PageSlot[]> TakeAllAsync()
    {
        var taken = new PageSlot[Environment.ProcessorCount];
        for (var i = 0; i < taken.Length; i++)
        {
            taken[i] = (await _slots.EnterAsync(CancellationToken.None)).ShouldNotBeNull();
        }

        return taken;
    }

    private async Task<object?> InvokeAsync(HttpContext context)
    {
        context.RequestServices = new ServiceCollection().AddSingleton(_slots).BuildServiceProvider();
        return await new PageSlotFilter(errors: null!).InvokeAsync(EndpointFilterInvocationContext.Create(context), _ => ValueTask.FromResult<object?>("page"));
    }
}
