"""Submission errors 申請の拒絶: why answers are not saved or sent."""

from todoke.formbuilder.answers.journey import AnswerProblem
from todoke.runtime.refusals import Closed, NotYet


class AlreadySubmitted(Closed):
    """受付済み: the submission is not a draft any more; its answers change only by a correction."""

    def __init__(self) -> None:
        super().__init__("この申請はすでに送信されています。内容を変えるには、担当課へ連絡してください。")


class SubmissionIncomplete(NotYet):
    """記入の不足: problems that block submission."""

    def __init__(self, problems: list[AnswerProblem]) -> None:
        self.problems = problems
        super().__init__("入力が終わっていないところがあります。")
