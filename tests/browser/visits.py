"""Functions to visit, windows to see them in, and what to wait for."""

import re

from playwright.sync_api import Page, expect

BOOK = (
    "/?f=v1+%3D+x1/x2%0Av2+%3D+sin(v1)%0Av3+%3D+exp(x2)%0Av4+%3D+v1+-+v3%0A"
    "v5+%3D+v2+%2B+v4%0Av6+%3D+v5*v4&at.x1=1.5&at.x2=0.5"
)
KINK = "/?f=abs(x+-+1)+%2B+max(x,+y)&at.x=1&at.y=1"
JACOBIAN = "/?f=[r*cos(t),+r*sin(t)]&at.r=2&at.t=pi/3"
NETWORK = "/?f=h1+%3D+tanh(w1*x%2Bb1)%0Ah2+%3D+sigmoid(w2*h1%2Bb2)%0Aloss+%3D+(h2-t)^2"
TROUBLED = "/?f=log(x)*relu(y)%2Bsqrt(z)&at.x=-1&at.y=-2&at.z=0"
ERROR = "/?f=ln(x1)+%2B+%24x1*x2"

DESK = {"width": 1400, "height": 900}
LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


def compared(page: Page) -> Page:
    """The page, once its comparison is there."""
    expect(page.locator("#verdict-body .comparison").first).to_be_visible()
    return page


def at(page: Page, text: str) -> None:
    """The label of the current step matches a pattern."""
    expect(page.locator("#where")).to_have_text(re.compile(text))


def rested(page: Page, milliseconds: int) -> None:
    """The page has had so long for itself, by its own clock, and then nothing more urgent to do."""
    page.evaluate(
        """milliseconds => new Promise(rested => setTimeout(
            () => requestIdleCallback(() => setTimeout(rested), { timeout: 1000 }),
            milliseconds))""",
        milliseconds,
    )


def painted(page: Page) -> None:
    """What was asked of the page until now has been drawn."""
    page.evaluate(
        """() => new Promise(painted =>
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(painted))))"""
    )
