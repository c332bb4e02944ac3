"""What makes a quantity a claim: selection, time, status, concept; the phrase that it measures and the change that it states."""
