"""What each answer to a question leads to, told by giving it: of ratings, of estimated costs, and of VAT."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, product
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from mba.decide.alternatives import OPTIONS
from mba.decide.decide import Appraised
from mba.sensitivity.switching import Trials, changes_of, is_sum, own_inputs, shared_inputs, to_value
from mba.sureness import Question, Switch


def given(trials: Trials, asked: Sequence[Question]) -> list[Question]:
    """Questions with what would be recommended once each answer was given: draws tell what is best on average.

    What would change no answer then, and settle none, is not asked for; what only settles one is worth no £.
    What is worth most comes first; else they stay in their order.
    """
    return sorted(_given(trials, asked), key=lambda each: -each.gain)


def _given(trials: Trials, asked: Sequence[Question]) -> Iterator[Question]:
    known = _known(trials.appraised)
    trials.run(chain.from_iterable(_tried(trials.appraised, known[each[:3]]).values() for each in asked))
    for each in asked:
        places = list(map(trials.appraised.places.__getitem__, each.functions))
        if each.surer and len(places) > 1:
            yield each
            continue
        came = {answer: after[places[0]] for answer, after in _came(trials, known[each[:3]]).items()}
        found = _to(each, came)
        if sure := tuple(filter(lambda answer: _same(found, each, answer), each.sure)):
            gain = each.gain if len(set(found.leads.values())) > 1 else 0.0
            yield found._replace(sure=sure, gain=gain)
        else:
            yield from (found._replace(gain=each.gain) for found in _led(trials, known[each[:3]], places))


def _to(asked: Question, came: Mapping[int, np.int8]) -> Question:
    """A question with what each answer leads to."""
    leads = {answer: OPTIONS[kind // 2] for answer, kind in came.items()}
    return asked._replace(leads=leads, stays=tuple(filter(lambda answer: came[answer] % 2, came)))


def _same(one: Question, other: Question, answer: int) -> bool:
    """Whether an answer leads to the same in both, and to those of today in both or in neither."""
    return one.leads[answer] is other.leads[answer] and (answer in one.stays) == (answer in other.stays)


def answers_to(appraised: Appraised, asked: Iterable[Question]) -> Iterator[dict[int, Switch]]:
    """For each question its answers, each with the change that gives it; the present rating as one that is given."""
    known = _known(appraised)
    for each in asked:
        one = known[each[:3]]
        answers = {} if is_sum(one) else {round(one.now): one}
        yield answers | _tried(appraised, one)


def _known(appraised: Appraised) -> dict[tuple[object, ...], Switch]:
    """Every input that can be asked for, as it is, by what a question about it begins with."""
    of_functions = map(partial(own_inputs, appraised), appraised.places.values())
    return {one[:3]: one for one in chain(shared_inputs(appraised), *of_functions)}


def deciding(trials: Trials, ids: Sequence[str]) -> list[Question]:
    """The ratings that were only assumed and change what is recommended for one of these functions, each by itself.

    A question each, with what every answer leads to where it is of one function. What knowing it is worth is not known.
    """
    appraised = trials.appraised
    own = {place: list(own_inputs(appraised, place)) for place in map(appraised.places.__getitem__, ids)}
    places = list(filter(own.__getitem__, own))
    inputs = [*chain.from_iterable(own.values()), *shared_inputs(appraised)] if places else []
    assumed = list(filter(lambda one: one.assumed and one.input.is_rating, inputs))
    trials.run(chain.from_iterable(map(changes_of, assumed)))
    return list(chain.from_iterable(_led(trials, one, places) for one in assumed))


def of_fact(trials: Trials) -> list[Question]:
    """Whether VAT is recovered, where that was not said and the other answer changes what is recommended.

    A question for each function, of itself; where its own answer stays, of those whose answers it changes.
    """
    appraised, asked = trials.appraised, list[tuple[int, Switch]]()
    for place in appraised.places.values():
        asked += product([place], filter(attrgetter("input.about.answers"), own_inputs(appraised, place)))
    trials.run(chain.from_iterable(changes_of(one) for _, one in asked))
    everywhere = list(appraised.places.values())
    found = (next(chain(_led(trials, one, [at]), _led(trials, one, everywhere)), None) for at, one in asked)
    return list(filter(None, found))


def _led(trials: Trials, one: Switch, places: Sequence[int]) -> Iterator[Question]:
    """The question about an input, by what is recommended at each answer; none where that is the same for all."""
    kinds = _came(trials, one)
    came = np.array([after[places] for after in kinds.values()])
    moved = np.flatnonzero((came // 2 != came[0] // 2).any(axis=0)).tolist()
    if not moved:
        return
    functions = trials.appraised.found.table.functions.rows
    ids = tuple(sorted(functions[places[at]].id for at in moved))
    asked = Question(one.group, one.of, one.key, 0.0, ids, {})
    yield _to(asked, dict(zip(kinds, came[:, moved[0]], strict=True))) if len(moved) == 1 else asked


def _came(trials: Trials, one: Switch) -> dict[int, NDArray[np.int8]]:
    """What is recommended for each function at each answer to the question about an input, as trials tell it."""
    kinds = {} if is_sum(one) else {round(one.now): trials.now}
    kinds |= {answer: trials.after[change] for answer, change in _tried(trials.appraised, one).items()}
    return {answer: kinds[answer] for answer in sorted(kinds)}


def _tried(appraised: Appraised, one: Switch) -> dict[int, Switch]:
    """The answers to the question about an input, each with the change that gives it, but for what it is now.

    Of an estimated cost it is the middle of each third of what it may be: low, middling and high.
    """
    if not is_sum(one):
        return {round(change.then): change for change in changes_of(one)}
    width = appraised.rules.uncertainty.cost_estimated.value
    return {third: to_value(one, one.now * (1 + width * share)) for third, share in enumerate((-2 / 3, 0, 2 / 3))}
