#!/usr/bin/env python3
"""Drives echoflow understand and POST /api/v1/feedback/understand.  Standard library only.

    understand_test.py PROGRAM [unittest arguments]
"""
import json, os, pathlib, sys, tempfile, unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server_test import Server, run  # noqa: E402  (takes PROGRAM from the command line)

ANGRY = "Mein Paket ist seit drei Wochen nicht angekommen, niemand antwortet. Ich kündige!"


def names(found):
    return [each["name"] for each in found]


class Texts(unittest.TestCase):
    def test_table(self):
        shown = run("understand", ANGRY)
        self.assertEqual(shown.returncode, 0, shown.stderr)
        for word in ("language", "de", "negative", "delivery", "complaint", "churn", "standard 1"):
            self.assertIn(word, shown.stdout)

    def test_json(self):
        found = json.loads(run("understand", "--json", ANGRY).stdout)
        self.assertEqual(found["language"], "de")
        self.assertEqual(found["sentiment"]["polarity"], "negative")
        self.assertLess(found["sentiment"]["score"], -0.3)
        self.assertIn("delivery", names(found["topics"]))
        self.assertIn("churn", names(found["intents"]))

    def test_language_is_taken_when_given(self):
        self.assertEqual(json.loads(run("understand", "--json", "--language", "en", "super").stdout)["language"], "en")

    def test_mistakes_are_told(self):
        for words, message in ((("understand",), "needs a text"), (("understand", "--language", "german", "x"), "two letters"),
                               (("understand", "--train", "x"), "--out"), (("understand", "--out", "x", "y"), "belongs to --train"),
                               (("understand", "--rules", "/nowhere", "x"), "/nowhere"), (("understand", "--model", __file__, "x"), "no classifier"),
                               (("understand", "--train", "a", "--benchmark", "b"), "two different")):
            shown = run(*words)
            self.assertEqual(shown.returncode, 2, words)
            self.assertIn(message, shown.stderr, words)


class Files(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, text):
        path = pathlib.Path(self.folder.name, name)
        path.write_text(text)
        return str(path)

    def samples(self, name="samples.jsonl"):
        lines = []
        for i in range(30):
            lines.append({"text": f"zulbar flimpo {i % 7}", "label": "positive"})
            lines.append({"text": f"zulbar krotzi {i % 5}", "label": "negative"})
            lines.append({"text": f"zulbar gradu {i % 3}", "label": "neutral"})
        return self.write(name, "".join(json.dumps(line) + "\n" for line in lines))

    def test_rules(self):
        rules = self.write("rules.txt", "[rules]\nname = eigene\nversion = 2\n[topic katzen]\nde = katze*\n")
        found = json.loads(run("understand", "--json", "--rules", rules, "Meine Katzen sind da").stdout)
        self.assertEqual(names(found["topics"]), ["katzen"])
        self.assertTrue(found["rules"].startswith("eigene 2 ("))

    def test_wrong_rules_say_line_and_column(self):
        rules = self.write("rules.txt", "[topic a]\nde = gut^x\nnix\n")
        shown = run("understand", "--rules", rules, "x")
        self.assertEqual(shown.returncode, 2)
        self.assertIn(rules + ":2:9: RULES", shown.stderr)
        self.assertIn(rules + ":3:", shown.stderr)

    def test_training_is_reproducible_and_decides(self):
        models = [os.path.join(self.folder.name, name) for name in ("a.model", "b.model")]
        for model in models:
            shown = run("understand", "--train", self.samples(), "--out", model, "--name", "test")
            self.assertEqual(shown.returncode, 0, shown.stderr)
            self.assertIn("90 texts: 30 negative, 30 neutral, 30 positive", shown.stdout)
        self.assertEqual(*(pathlib.Path(model).read_bytes() for model in models))
        found = json.loads(run("understand", "--json", "--model", models[0], "zulbar krotzi").stdout)
        self.assertEqual((found["sentiment"]["polarity"], found["sentiment"]["decidedBy"]), ("negative", "classifier"))
        self.assertTrue(found["model"].startswith("test ("))

    def test_benchmark(self):
        shown = json.loads(run("understand", "--benchmark", self.samples(), "--json").stdout)
        methods = {each["method"]: each for each in shown["methods"]}
        self.assertAlmostEqual(methods["always neutral"]["microF1"], 1 / 3, places=3)
        self.assertGreater(methods["classifier, 5-fold"]["macroF1"], 0.95)
        csv = self.write("test.csv", 'label;text\npositive;"zulbar ""flimpo"";\nneu"\nneg;krotzi\n0;gradu zulbar\n')
        shown = run("understand", "--benchmark", self.samples(), "--test", csv)
        self.assertEqual(shown.returncode, 0, shown.stderr)
        self.assertIn("3 texts: 1 negative, 1 neutral, 1 positive", shown.stdout)
        self.assertIn("trained apart", shown.stdout)

    def test_wrong_samples_say_the_line(self):
        for name, text, message in (("a", "", "empty"), ("b", "a,b\n1,2\n", ":1: the first line must name"),
                                    ("c", "text,label\nx,good\n", ":2: the label 'good'"), ("d", '{"text":"x","label":"pos"}\n{"text":1}\n', ":2: "),
                                    ("e", 'text,label\n"x,pos\n', "never closed"), ("f", "text,label\nx\n", ":2: the line has 1 of 2"),
                                    ("g", "text,label\nx,pos\ny,pos\n", "at least two classes")):
            shown = run("understand", "--benchmark", self.write(name, text))
            self.assertEqual(shown.returncode, 2, name)
            self.assertIn(message, shown.stderr)


class Rest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server("--in-memory")

    @classmethod
    def tearDownClass(cls):
        assert cls.server.stop() == 0, cls.server.log

    def ask(self, **body):
        return self.server.json("POST", "/api/v1/feedback/understand", body)

    def test_understands(self):
        status, found = self.ask(text=ANGRY)
        self.assertEqual(status, 200, found)
        self.assertEqual(found, json.loads(run("understand", "--json", ANGRY).stdout))

    def test_tries_rules(self):
        status, found = self.ask(text="Meine Katzen", rules="[topic katzen]\nde = katze*\n", language="de")
        self.assertEqual((status, names(found["topics"])), (200, ["katzen"]))
        status, problem = self.ask(text="x", rules="[topic katzen]\nde = katze^x\n")
        self.assertEqual(status, 422, problem)
        self.assertEqual((problem["violations"][0]["line"], problem["pointer"]), (2, "/rules"))

    def test_refuses(self):
        for body, pointer in (({}, "/text"), ({"text": ""}, "/text"), ({"text": 1}, "/text"), ({"text": "x", "language": "deutsch"}, "/language"),
                              ({"text": "x" * 40000}, "/text"), ({"text": "x", "more": 1}, "/more")):
            status, problem = self.ask(**body)
            self.assertEqual((status, problem.get("pointer")), (400, pointer), body)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
