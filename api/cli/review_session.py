"""A sitting before the queue in a terminal: one pair after the other, one key each, and back again."""

from collections.abc import Callable
from dataclasses import dataclass, field

from api.cli.call import Call
from api.cli.output import console, read_line
from api.cli.review_text import print_group, print_judged, print_pair, print_queue_head
from api.context.request_context import RequestContext
from api.reviews.judging import Signature, judge, undo
from api.schemas.reviews import Queue, WaitingPair
from ontology.judgement import Verdict

VERDICTS = {"s": Verdict.SAME, "d": Verdict.DIFFERENT, "u": Verdict.UNSURE}
SKIP, BACK, QUIT = "j", "z", "q"


@dataclass
class ReviewSession:
    """What one person decides in one sitting. `ask` reads a line from the terminal."""

    call: Call
    context: RequestContext
    signature: Signature
    ask: Callable[[str], str] = read_line
    occasions: list[str] = field(default_factory=list)
    """Occasions of this sitting, the latest last."""

    def go_through(self, queue: Queue) -> None:
        """Show every pair and take a word on each, until the queue or the person is done. An undo goes back one pair."""
        out, say = console(), self.call.say
        print_queue_head(out, self.call, queue)
        place = 0
        while place < len(queue.pairs):
            pair = queue.pairs[place]
            if place == 0 or pair.group_id != queue.pairs[place - 1].group_id:
                print_group(out, self.call, pair)
            out.print("", f"{place + 1}/{len(queue.pairs)}  {pair.left.record.name} – {pair.right.record.name}")
            print_pair(out, self.call, pair)
            key = self._key()
            if key == QUIT:
                break
            place = self._back(place) if key == BACK else self._decide(pair, key, place)
        if place >= len(queue.pairs):
            out.print(say("queue.empty"))

    def _key(self) -> str:
        """The next key that means something. The end of the input is a wish to stop."""
        while True:
            try:
                key = self.ask(self.call.say("queue.keys")).strip().lower()[:1]
            except EOFError:
                return QUIT
            if key in (*VERDICTS, SKIP, BACK, QUIT):
                return key

    def _decide(self, pair: WaitingPair, key: str, place: int) -> int:
        if key in VERDICTS:
            reason = self.ask(self.call.say("queue.reason"))
            judged = judge(self.context, *pair.judge_on, VERDICTS[key], reason=reason, signature=self.signature)
            self.occasions.append(judged.lines[0].occasion)
            print_judged(console(), self.call, judged)
        return place + 1

    def _back(self, place: int) -> int:
        """Undo the last word of this sitting, and ask again."""
        if not self.occasions:
            return place
        undone = undo(self.context, self.occasions.pop(), reason="", signature=self.signature)
        console().print(undone.sentence)
        return place - 1
