#!/usr/bin/env python3
"""What the declarations in TableGen say of each operation: rows of { name, form, summary, types, lanes, words }
for Forms.cpp.

operation-forms.py TBLGEN INCLUDE... -- FILE.td...
"""
import json
import re
import subprocess
import sys

# What a custom directive of ours reads.
CUSTOM = {
    "Pipe": "<PIPE_V>",
    "Event": "<EVENT_ID0>",
    "Slots": "{dir_mask = MASK, slot_size = SIZE, slot_num = COUNT}",
    "SlotsInGm": "{dir_mask = MASK, slot_size = SIZE, slot_num = COUNT}",
    "Split": "{id = ID, split = SPLIT}",
    "EventType": "<TLOAD>",
    "MemBar": '"VST_VLD"',
    "BufferToken": '"PIPE_V", BUFFER, MODE',
    "EventNumber": "EVENT",
    "Rounding": '"R"',
    "ConvertRounding": "round(r)",
    "ConvertSaturation": "sat",
    "Signedness": "[signed]",
    "RequiredSignedness": "signed",
    "L1Cache": "[l1cache(cache)]",
    "L2Cache": "[l2cache(nmfv)]",
    "Loops": "loop(%count, %src_stride, %dst_stride)",
    "Word": "WORD",
    "SameWord": "WORD",
    "Saturation": "sat",
    "DestinationMode": "%sub_block",
    "FixpipeClauses": ", unit_flag(check_only), pre_quant(%scale, mode = MODE), pre_relu(%alpha, mode = MODE, "
                      "clip = %limit), nz2nd, loop3(%count, %src_stride, %dst_stride), sat",
    "FixpipeTypes": ", TYPE, ...",
    "LoopsAndPad": "loop(%count, %src_stride, %dst_stride) pad(%value, %left, %right)",
    "LoopTypes": "loop i64, i64, i64",
    "LoopAndPadTypes": "loop i64, i64, i64, pad TYPE, i64, i64",
}
# Operations that are parsed by hand.
BY_HAND = {
    "pto.vcvt": 'pto.vcvt %input, %mask {rnd = "R", sat = "SAT", part = "EVEN"} : '
                "!pto.vreg<LANESxTYPE>, !pto.mask<bN> -> !pto.vreg<LANESxTYPE>",
    "pto.make_tensor_view": "pto.make_tensor_view %pointer, shape = [%n, ...], strides = [%s, ...] "
                            "[{layout = #pto.layout<nd>}] : !pto.tensor_view<?x...xTYPE>",
    "pto.partition_view": "pto.partition_view %view, offsets = [%i, ...], sizes = [%n, ...] : "
                          "!pto.tensor_view<?x...xTYPE> -> !pto.partition_tensor_view<?x...xTYPE>",
    "pto.subview": "pto.subview %tile[%row, %column] sizes [ROWS, COLUMNS] [valid [%rows, %columns]] : TYPE -> TYPE",
    "pto.subset": "pto.subset %tile[%row, %column] sizes [ROWS, COLUMNS] : TYPE",
    **{"pto.%s_initialize_pipe" % core: "pto.%s_initialize_pipe {id = ID, dir_mask = MASK, slot_size = SIZE} "
       "(c2v_consumer_buf = %%buffer : i32, v2c_consumer_buf = %%buffer : i32)" % core for core in ("aic", "aiv")},
    **{"pto.comm." + name: "pto.comm." + name + "(%view, recv(%tile [, %tile]), group(%view, ...) : TYPE, ...) {root = 0 : i32}"
       for name in ("tbroadcast", "tgather", "tscatter")},
    "pto.comm.treduce": "pto.comm.treduce(%view, %tile, recv(%tile [, %tile]), group(%view, ...) : TYPE, ...) "
                        "{reduceOp = #pto<reduce_op sum>, root = 0 : i32}",
    "pto.simt_launch": "pto.simt_launch @function<<<%x, %y, %z>>>(%argument, ...) : (TYPE, ...) -> ()",
    "func.func": "func.func @name(%argument: TYPE, ...) attributes {pto.kernel} { ... }",
    "func.call": "func.call @name(%argument, ...) : (TYPE, ...) -> TYPE",
    "scf.for": "scf.for %i = %lower to %upper step %step { ... }",
    "scf.index_switch": "scf.index_switch %value case 0 { ... } default { ... }",
    "scf.while": "scf.while (%carried = %initial) : (TYPE) -> TYPE { ... } do { ... }",
    "cf.switch": "cf.switch %value : TYPE, [default: ^block, 0: ^block]",
    "scf.if": "scf.if %condition { ... } else { ... }",
    "arith.select": "arith.select %condition, %then, %else : TYPE",
    "arith.constant": "arith.constant VALUE : TYPE",
}
TYPES = {"Index": "index", "Align": "!pto.align", "AnyMask": "!pto.mask<bN>", "GmPtr": "!pto.ptr<TYPE, gm>",
         "UbPtr": "!pto.ptr<TYPE, ub>", "L1Ptr": "!pto.ptr<TYPE, l1>", "L0aPtr": "!pto.ptr<TYPE, l0a>", "L0bPtr": "!pto.ptr<TYPE, l0b>",
         "L0cPtr": "!pto.ptr<TYPE, l0c>", "BtPtr": "!pto.ptr<TYPE, bt>", "FbPtr": "!pto.ptr<TYPE, fb>", "AnyPtr": "!pto.ptr<TYPE, ub>",
         "PtrType": "!pto.ptr<TYPE, ub>"}
GLUE = "\1"  # before what stands without a space
TOKEN = re.compile(r"`[^`]*`|\$\w+|[\w-]+(?:<\w+>)?|[()?^:|,]")


class Form:
    def __init__(self, records, record):
        self.records, self.record = records, record
        self.name = records[record["opDialect"]["def"]]["name"] + "." + record["opName"]
        self.operands, self.attributes, self.results = {}, [], {}
        for value, name in record["arguments"]["args"]:
            constraint = self.constraint(value["def"])
            if "Attr" in records[constraint]["!superclasses"]:
                self.attributes.append(name)
            else:
                self.operands[name] = self.type(constraint)
        for value, name in record["results"]["args"]:
            self.results[name] = self.type(self.constraint(value["def"]))
        self.regions = [name for _, name in record["regions"]["args"]]
        self.successors = [name for _, name in record["successors"]["args"]]
        self.tokens = TOKEN.findall(record["assemblyFormat"] or "")
        self.at = 0

    def constraint(self, name):
        """Through Arg, Variadic and Optional."""
        record = self.records[name]
        for inner in ("constraint", "baseType"):
            if isinstance(record.get(inner), dict) and record[inner].get("kind") == "def":
                return self.constraint(record[inner]["def"])
        return name

    def type(self, name):
        classes = self.records[name]["!superclasses"]
        if "VRegOf" in classes:
            return "!pto.vreg<LANESxTYPE>"
        if "MaskOf" in classes:
            return self.records[name]["summary"]
        if re.fullmatch(r"[IF]\d+", name):
            return name.lower()
        return TYPES.get(name, "TYPE")

    def directive(self, token):
        """The text of one directive; what it says in parentheses is read on the way."""
        if token in ("`[`", "`(`"):
            return GLUE + token[1:-1]
        if token.startswith("`"):
            return token[1:-1]
        if token.startswith("$"):
            name = token[1:]
            if name in self.regions:
                return "{ ... }"
            if name in self.successors:
                return "^" + name
            return "%" + name if name in self.operands else '"' + name + '"'
        if token == "operands":
            return ", ".join("%" + name for name in self.operands)
        if not token.startswith("custom<") and token not in ("type", "functional-type"):
            return ""  # attr-dict and what prints nothing
        inner = self.parenthesized()
        if token == "type":
            types = {**self.operands, **self.results}
            return ", ".join(self.operands.values() if inner == ["operands"] else [types.get(inner[0][1:], "TYPE")])
        if token == "functional-type":
            return "(TYPE, ...) -> (TYPE, ...)"
        return CUSTOM.get(token[7:-1], "...")

    def parenthesized(self):
        """The tokens up to the closing parenthesis, without those of groups inside."""
        self.at += 1
        inner, depth = [], 1
        while depth:
            token = self.tokens[self.at]
            depth += {"(": 1, ")": -1}.get(token, 0)
            if depth and token not in "(),":
                inner.append(token)
            self.at += 1
        return [token for token in inner if token != "type"]

    def group(self):
        """What follows, up to the end or to the parenthesis that closes an optional group."""
        words = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token == ")":
                break
            if token == "(":
                group = join(self.group())
                if "%" in group or "TYPE" in group or "i64" in group or ">" in group:
                    words.append("[" + group + "]")  # not those of attributes alone
            elif token == ":":
                words.append(":")  # between the two halves of an optional group
            elif token not in "?^":
                words.append(self.directive(token))
        return words

    def tile_text(self):
        """ins(%a, %b : TYPE, TYPE) outs(%dst : TYPE), as tile/Base.td writes its record."""
        def group(keyword, slots):
            records = [self.records[slot["def"]] for slot in slots]
            def optional(first, text, record):
                comma = "" if first else ", "
                return "[" + comma + text + "]" if record["optional"] else comma + text
            plain = [record for record in records if not record["word"]]
            late = [" [%s %%%s : TYPE]" % (record["word"], record["name"]) for record in records if record["word"]]
            names = "".join(optional(i == 0, "%" + record["name"], record) for i, record in enumerate(plain))
            types = "".join(optional(i == 0, "TYPE", record) for i, record in enumerate(plain))
            return keyword + "(" + names + " : " + types + "".join(late).replace(" [, ", "[, ") + ")" if slots else ""
        words = " {" + ", ".join(self.attributes) + "}" if self.attributes else ""
        ins, outs = group("ins", self.record["tileIns"]), group("outs", self.record["tileOuts"])
        return " ".join(part for part in (self.name, ins, outs) if part) + words

    def lanes(self):
        """The set of lane types that the first vector register may have, of the operands or else of the results."""
        for value, _ in self.record["arguments"]["args"] + self.record["results"]["args"]:
            constraint = self.records[self.constraint(value["def"])]
            if "VRegOf" in constraint["!superclasses"]:
                return re.search(r"::pto::ir::(\w*[lL]ane\w+)", self.records[constraint["predicate"]["def"]]["predExpr"])[1]
        return "0"

    def types(self):
        """Which types operands and results may have of which there are several: NAME, NAME: TYPES; NAME: TYPES."""
        if self.record.get("types"):
            return self.record["types"]
        names = {}
        for value, name in self.record["arguments"]["args"] + self.record["results"]["args"]:
            constraint = self.records[self.constraint(value["def"])]
            if "AnyTypeOf" in constraint["!superclasses"]:
                members = [self.records[each["def"]] for each in constraint["allowedTypes"]]
                words = constraint["summary"]
                if words == " or ".join(member["summary"] for member in members):  # nobody has worded it
                    words = ", ".join(member["!name"].lower() if re.fullmatch(r"B?[IF]\d+", member["!name"])
                                      else member["summary"] for member in members)
                names.setdefault(words, []).append(name)
        return "; ".join(", ".join(names[types]) + ": " + types for types in names)

    def words(self):
        """The sets of words of its text attributes."""
        traits = [self.records[trait["def"]].get("trait") or "" for trait in self.record["traits"]]
        return re.findall(r"OneOf<::pto::ir::(tokens::\w+)>", " ".join(traits))

    def row(self):
        words = ", ".join("&" + word for word in self.words())
        return '{"%s", R"(%s)", R"(%s)", "%s", %s, {%s}},' % (
            self.name, self.text(), self.record["summary"], self.types(), self.lanes(), words)

    def text(self):
        if self.name in BY_HAND:
            return BY_HAND[self.name]
        if "tileIns" in self.record:
            return self.tile_text()
        if not self.tokens:
            return ""
        self.at = 0
        text = join([self.name, *self.group()])
        unwritten = [name for name in self.attributes if "$" + name not in self.record["assemblyFormat"]]
        if unwritten and " : " in text:
            head, tail = text.split(" : ", 1)
            text = head + " [{" + ", ".join(unwritten) + "}] : " + tail
        return text.strip()


def join(words):
    text = " ".join(word for word in words if word)
    text = re.sub(r"\s*" + GLUE, "", text)
    text = re.sub(r"\s+([,)\]>])", r"\1", text)
    return re.sub(r"([(\[<])\s+", r"\1", text)


def main():
    tblgen, *arguments = sys.argv[1:]
    split = arguments.index("--")
    includes = [flag for folder in arguments[:split] for flag in ("-I", folder)]
    forms = {}
    for file in arguments[split + 1:]:
        records = json.loads(subprocess.run([tblgen, "-dump-json", *includes, file], check=True, capture_output=True,
                                            text=True).stdout)
        for name in records["!instanceof"]["Op"]:
            form = Form(records, records[name])
            if form.text():
                forms[form.name] = form
    for name in sorted(forms):
        print(forms[name].row())


main()
