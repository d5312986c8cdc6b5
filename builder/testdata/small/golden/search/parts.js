siteIndex.add("parts",{"pages":"pages.4fcfea6e","text-0":"text-0.4ee21bcf","words":"words.aab4c6d8"});
