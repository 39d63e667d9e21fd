# The steps of the worked case; scripts/demo runs them in a fresh folder, with $examples, say and show.
case=$examples/fjord-andes

say "1. A project, and what two governments, a newspaper and a news agency wrote (all of it fiction)"
show kg init
show kg load "$case" --table

say "2. What the graph holds now"
show kg stats --table

say "3. How are two people connected who never met? Every hop says where it stands."
show kg path "Ingrid Solheim" "Mere Tawhara" -k 1 --table

say "4. What did two states promise each other, by when, and what became of it?"
show kg ask commitments a=Norway b=Chile as_of=2031-12-31 --table

say "5. Two accounts of one meeting: what does one say that the other leaves out?"
show kg ask left-out a=Norway b=Chile --table

say "6. Which claims contradict each other?"
show kg ask contradictions a=Norway b=Chile --table

say "7. A page to open and to send on, and a memo for the next meeting"
show kg page Norway Chile -o norway-chile.html
show kg brief Norway Chile --on 2031-12-01 -o norway-chile.md

say "Next"
cat <<END
Open $PWD/norway-chile.html in a browser, and read norway-chile.md.
In this folder (cd $PWD), with .venv/bin in your PATH or as $(command -v kg):
  kg ask                                  the questions that have a name
  kg show "Ingrid Solheim"                all that is known of a person, with its sources
  kg load YOUR.txt --published 2026-01-16 --publisher CGTN
  kg neo4j up && kg mirror sync           the same graph in Neo4j Browser
END
