from threading import Thread

from retrieval.turns import Turns


def test_one_thread_after_another_in_the_order_of_asking() -> None:
    turns, order = Turns(), list[int]()

    def take(number: int) -> None:
        with turns:
            order.append(number)

    threads = []
    with turns:
        for number in range(3):
            threads.append(Thread(target=take, args=(number,)))
            threads[-1].start()
            while len(turns) < number + 2:
                pass
    for thread in threads:
        thread.join(5)
    assert order == [0, 1, 2]


def test_a_thread_that_asks_again_stands_behind_those_who_wait() -> None:
    turns, order = Turns(), list[str]()

    def question() -> None:
        with turns:
            order.append("question")

    thread = Thread(target=question)
    with turns:
        thread.start()
        while len(turns) < 2:
            pass
    with turns:
        order.append("indexing")
    thread.join(5)
    assert order == ["question", "indexing"]
